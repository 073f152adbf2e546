// Cities to choose a place from while the internet is unplugged: name, country, degrees north and east, time zone.
// Anyone who lives elsewhere types latitude and longitude.

export interface City {
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
}

const LINES = `
Amsterdam|NL|52.37|4.90|Europe/Amsterdam
Rotterdam|NL|51.92|4.48|Europe/Amsterdam
Athens|GR|37.98|23.73|Europe/Athens
Barcelona|ES|41.39|2.17|Europe/Madrid
Madrid|ES|40.42|-3.70|Europe/Madrid
Valencia|ES|39.47|-0.38|Europe/Madrid
Seville|ES|37.39|-5.98|Europe/Madrid
Belgrade|RS|44.79|20.45|Europe/Belgrade
Berlin|DE|52.52|13.41|Europe/Berlin
Hamburg|DE|53.55|9.99|Europe/Berlin
Munich|DE|48.14|11.58|Europe/Berlin
Cologne|DE|50.94|6.96|Europe/Berlin
Frankfurt|DE|50.11|8.68|Europe/Berlin
Stuttgart|DE|48.78|9.18|Europe/Berlin
Düsseldorf|DE|51.23|6.78|Europe/Berlin
Leipzig|DE|51.34|12.37|Europe/Berlin
Dresden|DE|51.05|13.74|Europe/Berlin
Hanover|DE|52.37|9.73|Europe/Berlin
Nuremberg|DE|49.45|11.08|Europe/Berlin
Bremen|DE|53.08|8.80|Europe/Berlin
Bern|CH|46.95|7.45|Europe/Zurich
Zurich|CH|47.37|8.54|Europe/Zurich
Geneva|CH|46.20|6.14|Europe/Zurich
Basel|CH|47.56|7.59|Europe/Zurich
Vienna|AT|48.21|16.37|Europe/Vienna
Graz|AT|47.07|15.44|Europe/Vienna
Salzburg|AT|47.81|13.06|Europe/Vienna
Bratislava|SK|48.15|17.11|Europe/Bratislava
Brussels|BE|50.85|4.35|Europe/Brussels
Antwerp|BE|51.22|4.40|Europe/Brussels
Luxembourg|LU|49.61|6.13|Europe/Luxembourg
Bucharest|RO|44.43|26.10|Europe/Bucharest
Budapest|HU|47.50|19.04|Europe/Budapest
Chișinău|MD|47.01|28.86|Europe/Chisinau
Copenhagen|DK|55.68|12.57|Europe/Copenhagen
Aarhus|DK|56.16|10.20|Europe/Copenhagen
Dublin|IE|53.35|-6.26|Europe/Dublin
Cork|IE|51.90|-8.47|Europe/Dublin
London|GB|51.51|-0.13|Europe/London
Manchester|GB|53.48|-2.24|Europe/London
Birmingham|GB|52.48|-1.90|Europe/London
Edinburgh|GB|55.95|-3.19|Europe/London
Glasgow|GB|55.86|-4.25|Europe/London
Bristol|GB|51.45|-2.59|Europe/London
Cardiff|GB|51.48|-3.18|Europe/London
Belfast|GB|54.60|-5.93|Europe/London
Helsinki|FI|60.17|24.94|Europe/Helsinki
Tampere|FI|61.50|23.76|Europe/Helsinki
Oulu|FI|65.01|25.47|Europe/Helsinki
Istanbul|TR|41.01|28.98|Europe/Istanbul
Ankara|TR|39.93|32.86|Europe/Istanbul
Izmir|TR|38.42|27.14|Europe/Istanbul
Kyiv|UA|50.45|30.52|Europe/Kyiv
Lviv|UA|49.84|24.03|Europe/Kyiv
Odesa|UA|46.48|30.73|Europe/Kyiv
Lisbon|PT|38.72|-9.14|Europe/Lisbon
Porto|PT|41.15|-8.61|Europe/Lisbon
Ljubljana|SI|46.06|14.51|Europe/Ljubljana
Minsk|BY|53.90|27.57|Europe/Minsk
Moscow|RU|55.76|37.62|Europe/Moscow
Saint Petersburg|RU|59.94|30.31|Europe/Moscow
Novosibirsk|RU|55.03|82.92|Asia/Novosibirsk
Yekaterinburg|RU|56.84|60.61|Asia/Yekaterinburg
Vladivostok|RU|43.12|131.89|Asia/Vladivostok
Nicosia|CY|35.17|33.36|Asia/Nicosia
Oslo|NO|59.91|10.75|Europe/Oslo
Bergen|NO|60.39|5.32|Europe/Oslo
Trondheim|NO|63.43|10.40|Europe/Oslo
Tromsø|NO|69.65|18.96|Europe/Oslo
Longyearbyen|NO|78.22|15.65|Arctic/Longyearbyen
Paris|FR|48.86|2.35|Europe/Paris
Lyon|FR|45.76|4.84|Europe/Paris
Marseille|FR|43.30|5.37|Europe/Paris
Toulouse|FR|43.60|1.44|Europe/Paris
Bordeaux|FR|44.84|-0.58|Europe/Paris
Nice|FR|43.71|7.26|Europe/Paris
Nantes|FR|47.22|-1.55|Europe/Paris
Strasbourg|FR|48.57|7.75|Europe/Paris
Lille|FR|50.63|3.06|Europe/Paris
Prague|CZ|50.08|14.44|Europe/Prague
Brno|CZ|49.20|16.61|Europe/Prague
Reykjavík|IS|64.15|-21.94|Atlantic/Reykjavik
Riga|LV|56.95|24.11|Europe/Riga
Rome|IT|41.90|12.50|Europe/Rome
Milan|IT|45.46|9.19|Europe/Rome
Naples|IT|40.85|14.27|Europe/Rome
Turin|IT|45.07|7.69|Europe/Rome
Bologna|IT|44.49|11.34|Europe/Rome
Florence|IT|43.77|11.26|Europe/Rome
Palermo|IT|38.12|13.36|Europe/Rome
Sarajevo|BA|43.86|18.41|Europe/Sarajevo
Skopje|MK|42.00|21.43|Europe/Skopje
Sofia|BG|42.70|23.32|Europe/Sofia
Stockholm|SE|59.33|18.07|Europe/Stockholm
Gothenburg|SE|57.71|11.97|Europe/Stockholm
Malmö|SE|55.60|13.00|Europe/Stockholm
Tallinn|EE|59.44|24.75|Europe/Tallinn
Tirana|AL|41.33|19.82|Europe/Tirane
Valletta|MT|35.90|14.51|Europe/Malta
Vilnius|LT|54.69|25.28|Europe/Vilnius
Warsaw|PL|52.23|21.01|Europe/Warsaw
Kraków|PL|50.06|19.94|Europe/Warsaw
Wrocław|PL|51.11|17.04|Europe/Warsaw
Gdańsk|PL|54.35|18.65|Europe/Warsaw
Zagreb|HR|45.81|15.98|Europe/Zagreb
Tbilisi|GE|41.72|44.79|Asia/Tbilisi
Yerevan|AM|40.18|44.51|Asia/Yerevan
Baku|AZ|40.41|49.87|Asia/Baku
Abu Dhabi|AE|24.45|54.38|Asia/Dubai
Dubai|AE|25.20|55.27|Asia/Dubai
Amman|JO|31.95|35.93|Asia/Amman
Baghdad|IQ|33.32|44.37|Asia/Baghdad
Beirut|LB|33.89|35.50|Asia/Beirut
Doha|QA|25.29|51.53|Asia/Qatar
Jerusalem|IL|31.77|35.21|Asia/Jerusalem
Tel Aviv|IL|32.09|34.78|Asia/Jerusalem
Kuwait City|KW|29.38|47.98|Asia/Kuwait
Riyadh|SA|24.71|46.68|Asia/Riyadh
Tehran|IR|35.69|51.39|Asia/Tehran
Kabul|AF|34.56|69.21|Asia/Kabul
Karachi|PK|24.86|67.00|Asia/Karachi
Lahore|PK|31.52|74.36|Asia/Karachi
Delhi|IN|28.61|77.21|Asia/Kolkata
Mumbai|IN|19.08|72.88|Asia/Kolkata
Bengaluru|IN|12.97|77.59|Asia/Kolkata
Chennai|IN|13.08|80.27|Asia/Kolkata
Hyderabad|IN|17.39|78.49|Asia/Kolkata
Kolkata|IN|22.57|88.36|Asia/Kolkata
Pune|IN|18.52|73.86|Asia/Kolkata
Kathmandu|NP|27.72|85.32|Asia/Kathmandu
Dhaka|BD|23.81|90.41|Asia/Dhaka
Colombo|LK|6.93|79.86|Asia/Colombo
Almaty|KZ|43.24|76.89|Asia/Almaty
Tashkent|UZ|41.30|69.24|Asia/Tashkent
Bangkok|TH|13.76|100.50|Asia/Bangkok
Hanoi|VN|21.03|105.85|Asia/Ho_Chi_Minh
Ho Chi Minh City|VN|10.82|106.63|Asia/Ho_Chi_Minh
Jakarta|ID|-6.21|106.85|Asia/Jakarta
Kuala Lumpur|MY|3.14|101.69|Asia/Kuala_Lumpur
Manila|PH|14.60|120.98|Asia/Manila
Singapore|SG|1.35|103.82|Asia/Singapore
Beijing|CN|39.90|116.41|Asia/Shanghai
Shanghai|CN|31.23|121.47|Asia/Shanghai
Guangzhou|CN|23.13|113.26|Asia/Shanghai
Shenzhen|CN|22.54|114.06|Asia/Shanghai
Chengdu|CN|30.57|104.07|Asia/Shanghai
Hong Kong|HK|22.32|114.17|Asia/Hong_Kong
Taipei|TW|25.03|121.57|Asia/Taipei
Seoul|KR|37.57|126.98|Asia/Seoul
Busan|KR|35.18|129.08|Asia/Seoul
Tokyo|JP|35.68|139.69|Asia/Tokyo
Osaka|JP|34.69|135.50|Asia/Tokyo
Nagoya|JP|35.18|136.91|Asia/Tokyo
Sapporo|JP|43.06|141.35|Asia/Tokyo
Fukuoka|JP|33.59|130.40|Asia/Tokyo
Ulaanbaatar|MN|47.89|106.91|Asia/Ulaanbaatar
Adelaide|AU|-34.93|138.60|Australia/Adelaide
Brisbane|AU|-27.47|153.03|Australia/Brisbane
Canberra|AU|-35.28|149.13|Australia/Sydney
Darwin|AU|-12.46|130.84|Australia/Darwin
Hobart|AU|-42.88|147.33|Australia/Hobart
Lord Howe Island|AU|-31.55|159.08|Australia/Lord_Howe
Melbourne|AU|-37.81|144.96|Australia/Melbourne
Perth|AU|-31.95|115.86|Australia/Perth
Sydney|AU|-33.87|151.21|Australia/Sydney
Auckland|NZ|-36.85|174.76|Pacific/Auckland
Christchurch|NZ|-43.53|172.64|Pacific/Auckland
Wellington|NZ|-41.29|174.78|Pacific/Auckland
Suva|FJ|-18.14|178.44|Pacific/Fiji
Honolulu|US|21.31|-157.86|Pacific/Honolulu
Accra|GH|5.60|-0.19|Africa/Accra
Addis Ababa|ET|9.03|38.74|Africa/Addis_Ababa
Algiers|DZ|36.75|3.06|Africa/Algiers
Cairo|EG|30.04|31.24|Africa/Cairo
Casablanca|MA|33.57|-7.59|Africa/Casablanca
Cape Town|ZA|-33.92|18.42|Africa/Johannesburg
Durban|ZA|-29.86|31.02|Africa/Johannesburg
Johannesburg|ZA|-26.20|28.05|Africa/Johannesburg
Dakar|SN|14.72|-17.47|Africa/Dakar
Dar es Salaam|TZ|-6.79|39.21|Africa/Dar_es_Salaam
Harare|ZW|-17.83|31.05|Africa/Harare
Kampala|UG|0.35|32.58|Africa/Kampala
Kinshasa|CD|-4.44|15.27|Africa/Kinshasa
Lagos|NG|6.52|3.38|Africa/Lagos
Luanda|AO|-8.84|13.23|Africa/Luanda
Nairobi|KE|-1.29|36.82|Africa/Nairobi
Tunis|TN|36.81|10.18|Africa/Tunis
Windhoek|NA|-22.56|17.07|Africa/Windhoek
Anchorage|US|61.22|-149.90|America/Anchorage
Atlanta|US|33.75|-84.39|America/New_York
Austin|US|30.27|-97.74|America/Chicago
Boston|US|42.36|-71.06|America/New_York
Chicago|US|41.88|-87.63|America/Chicago
Dallas|US|32.78|-96.80|America/Chicago
Denver|US|39.74|-104.99|America/Denver
Detroit|US|42.33|-83.05|America/Detroit
Houston|US|29.76|-95.37|America/Chicago
Las Vegas|US|36.17|-115.14|America/Los_Angeles
Los Angeles|US|34.05|-118.24|America/Los_Angeles
Miami|US|25.76|-80.19|America/New_York
Minneapolis|US|44.98|-93.27|America/Chicago
Nashville|US|36.16|-86.78|America/Chicago
New Orleans|US|29.95|-90.07|America/Chicago
New York|US|40.71|-74.01|America/New_York
Philadelphia|US|39.95|-75.17|America/New_York
Phoenix|US|33.45|-112.07|America/Phoenix
Portland|US|45.52|-122.68|America/Los_Angeles
Salt Lake City|US|40.76|-111.89|America/Denver
San Diego|US|32.72|-117.16|America/Los_Angeles
San Francisco|US|37.77|-122.42|America/Los_Angeles
Seattle|US|47.61|-122.33|America/Los_Angeles
Washington|US|38.91|-77.04|America/New_York
Calgary|CA|51.04|-114.07|America/Edmonton
Edmonton|CA|53.55|-113.49|America/Edmonton
Halifax|CA|44.65|-63.58|America/Halifax
Montreal|CA|45.50|-73.57|America/Toronto
Ottawa|CA|45.42|-75.70|America/Toronto
St. John's|CA|47.56|-52.71|America/St_Johns
Toronto|CA|43.65|-79.38|America/Toronto
Vancouver|CA|49.28|-123.12|America/Vancouver
Winnipeg|CA|49.90|-97.14|America/Winnipeg
Bogotá|CO|4.71|-74.07|America/Bogota
Medellín|CO|6.24|-75.58|America/Bogota
Brasília|BR|-15.79|-47.88|America/Sao_Paulo
Rio de Janeiro|BR|-22.91|-43.17|America/Sao_Paulo
São Paulo|BR|-23.55|-46.63|America/Sao_Paulo
Buenos Aires|AR|-34.60|-58.38|America/Argentina/Buenos_Aires
Córdoba|AR|-31.42|-64.18|America/Argentina/Cordoba
Caracas|VE|10.48|-66.90|America/Caracas
Guadalajara|MX|20.66|-103.35|America/Mexico_City
Mexico City|MX|19.43|-99.13|America/Mexico_City
Monterrey|MX|25.69|-100.32|America/Monterrey
Guatemala City|GT|14.63|-90.51|America/Guatemala
Havana|CU|23.11|-82.37|America/Havana
La Paz|BO|-16.49|-68.12|America/La_Paz
Lima|PE|-12.05|-77.04|America/Lima
Montevideo|UY|-34.90|-56.16|America/Montevideo
Panama City|PA|8.98|-79.52|America/Panama
Quito|EC|-0.18|-78.47|America/Guayaquil
San José|CR|9.93|-84.08|America/Costa_Rica
San Juan|PR|18.47|-66.11|America/Puerto_Rico
Santiago|CL|-33.45|-70.67|America/Santiago
Santo Domingo|DO|18.49|-69.93|America/Santo_Domingo
`;

export const CITIES: readonly City[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const [name, country, latitude, longitude, timeZone] = line.split('|') as [string, string, string, string, string];
    return { name, country, latitude: Number(latitude), longitude: Number(longitude), timeZone };
  });

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .trim()
    .toLowerCase();

/** Cities whose name begins with what was typed, then those that hold it; at most `limit`. */
export function findCities(typed: string, limit = 6): City[] {
  const wanted = plain(typed);
  if (wanted === '') return [];
  const starts = CITIES.filter((city) => plain(city.name).startsWith(wanted));
  const holds = CITIES.filter((city) => !starts.includes(city) && plain(city.name).includes(wanted));
  return [...starts, ...holds].slice(0, limit);
}

/** The city of exactly this name, whatever its accents and case. */
export const cityNamed = (typed: string): City | undefined => CITIES.find((city) => plain(city.name) === plain(typed));
